import { defineConfig } from 'drizzle-kit';

// Drafts SQL only (`npm run migration`); a person reads it and src/store/migrate.ts applies it.
export default defineConfig({ dialect: 'sqlite', casing: 'snake_case', schema: './src/store/schema/*.ts', out: './migrations' });
