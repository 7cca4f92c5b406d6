// What can be typed into the search bar, at one glance.
import { useClickOutside, useWindowEvent } from "@mantine/hooks";
import { messages } from "../messages.ts";
import classes from "./search-help.module.css";

const text = messages.search;

export function SearchHelp({ onClose }: { readonly onClose: () => void }) {
  const panel = useClickOutside(onClose, ["mousedown", "touchstart"]);
  useWindowEvent("keydown", ({ key }) => {
    if (key === "Escape") onClose();
  });
  return (
    <section
      ref={panel}
      className={classes.panel}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, by keys as well
      tabIndex={0}
      aria-label={text.help}
      data-testid="search-help"
    >
      {text.helpSections.map(({ title, rows }) => (
        <div key={title}>
          <h2>{title}</h2>
          <dl>
            {rows.map(({ typed, meaning }) => (
              <div key={meaning}>
                <dt>
                  {typed.map((words) => (
                    <code key={words}>{words}</code>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      <p>{text.helpMore}</p>
    </section>
  );
}
