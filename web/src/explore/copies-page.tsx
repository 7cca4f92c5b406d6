// To come.
import { Page } from "../frame/page.tsx";

export function CopiesPage() {
  return <Page title="CopiesPage" />;
}
