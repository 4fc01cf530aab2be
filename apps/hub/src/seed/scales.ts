/** How much demo data there is; see `docs/guides/demo-data.md`. */
export const scales = ['demo', 'province-year', 'nation'] as const;
export type Scale = (typeof scales)[number];
