/** What survives `JSON.stringify` unchanged: the only shape that journals, options and grants may have. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
