// To come.
import { Page } from "../frame/page.tsx";

export function ModelsPage() {
  return <Page title="ModelsPage" />;
}
