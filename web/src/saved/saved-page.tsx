// To come.
import { Page } from "../frame/page.tsx";

export function SavedPage() {
  return <Page title="SavedPage" />;
}
