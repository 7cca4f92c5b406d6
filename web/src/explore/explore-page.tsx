// To come.
import { Page } from "../frame/page.tsx";

export function ExplorePage() {
  return <Page title="ExplorePage" />;
}
