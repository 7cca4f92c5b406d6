// The app that this browser showed last: where "/" leads.

/** The one that every server has. */
export const DEFAULT_APP_ID = "photos";
const KEY = "semblance.app";

export function lastAppId(): string {
  return localStorage.getItem(KEY) || DEFAULT_APP_ID;
}

export function rememberApp(appId: string): void {
  localStorage.setItem(KEY, appId);
}
