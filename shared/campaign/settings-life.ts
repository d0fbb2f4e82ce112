/** A worker may know a campaign's settings for this long before it looks again; so may the CDN. */
export const SETTINGS_LIFE_SECONDS = 5
