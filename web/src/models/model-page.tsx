// To come.
import { Page } from "../frame/page.tsx";

export function ModelPage() {
  return <Page title="ModelPage" />;
}
