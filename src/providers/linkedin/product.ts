/**
 * LinkedIn sells its API as products, each with scopes of its own. Community Management must be the only product of its
 * app, so profiles and pages usually have an app each (postiz-app pull request 1658, verbb/social-poster issue 52, both
 * read 2026-11-25).
 */
export interface Product {
  id: 'linkedin' | 'linkedin-page';
  /** Of the operator's settings; the first that is set counts. */
  settings: readonly [string, ...string[]];
  /**
   * Always exactly these: a consent with another set ends the tokens that the same member gave the same app before
   * (learn.microsoft.com, "Authorization Code Flow").
   */
  scopes: readonly string[];
}

/** "Sign In with LinkedIn using OpenID Connect" and "Share on LinkedIn": open to everybody. */
export const profile: Product = { id: 'linkedin', settings: ['LINKEDIN'], scopes: ['openid', 'profile', 'w_member_social'] };

/**
 * "Community Management API": after a review. Its apps have neither `openid` nor `profile` nor `r_organization_admin`, and
 * comments have scopes of their own since 2023 ("Comments API"; lists of such apps' scopes in public code, 2026-11-25).
 */
export const page: Product = {
  id: 'linkedin-page',
  settings: ['LINKEDIN_PAGE', 'LINKEDIN'],
  scopes: ['rw_organization_admin', 'w_organization_social', 'r_organization_social', 'w_organization_social_feed', 'r_organization_social_feed'],
};
