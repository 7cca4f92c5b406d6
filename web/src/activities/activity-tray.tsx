// To come.
export function ActivityTray() {
  return null;
}
