// To come.
import { Page } from "../frame/page.tsx";

export function ConceptsPage() {
  return <Page title="ConceptsPage" />;
}
