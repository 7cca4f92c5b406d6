// How the open app and the server are set up, section by section; each has an address of its own.
import { type ComponentType, useRef } from "react";
import { EncoderSection } from "../encoders/encoder-section.tsx";
import { Page } from "../frame/page.tsx";
import { encoders } from "../messages/encoders.ts";
import { settings as text } from "../messages/settings.ts";
import { AboutSection } from "./about-section.tsx";
import { AppSection } from "./app-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { JobsSection } from "./jobs-section.tsx";
import { KeysSection } from "./keys-section.tsx";
import classes from "./settings-page.module.css";
import { StorageSection } from "./storage-section.tsx";
import { useSectionOfAddress } from "./use-section-of-address.ts";
import { WorkflowSection } from "./workflow-section.tsx";

const SECTIONS: readonly {
  readonly id: string;
  readonly title: string;
  readonly Content: ComponentType;
}[] = [
  { id: "app", title: text.app, Content: AppSection },
  { id: "base-workflow", title: text.baseWorkflow, Content: WorkflowSection },
  { id: "search-model", title: encoders.title, Content: EncoderSection },
  { id: "keys", title: text.keys, Content: KeysSection },
  { id: "storage", title: text.storage, Content: StorageSection },
  { id: "jobs", title: text.jobs, Content: JobsSection },
  { id: "appearance", title: text.appearance, Content: AppearanceSection },
  { id: "about", title: text.about, Content: AboutSection },
];

export function SettingsPage() {
  const sections = useRef<HTMLDivElement>(null);
  useSectionOfAddress(sections);
  return (
    <Page title={text.title}>
      <div className={classes.page}>
        <nav className={classes.index} aria-label={text.sections}>
          {SECTIONS.map(({ id, title }) => (
            <a key={id} href={`#${id}`}>
              {title}
            </a>
          ))}
        </nav>
        <div ref={sections} className={classes.sections}>
          {SECTIONS.map(({ id, title, Content }) => (
            <section key={id} id={id} aria-labelledby={`${id}-title`} data-testid={`section-${id}`}>
              <h2 id={`${id}-title`}>{title}</h2>
              <Content />
            </section>
          ))}
        </div>
      </div>
    </Page>
  );
}
