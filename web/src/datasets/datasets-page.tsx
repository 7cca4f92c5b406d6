// To come.
import { Page } from "../frame/page.tsx";

export function DatasetsPage() {
  return <Page title="DatasetsPage" />;
}
