// "?": all keyboard shortcuts.
import { Modal } from "@mantine/core";
import { keys as keysText } from "../messages/keys.ts";
import { messages } from "../messages.ts";
import classes from "./keys-dialog.module.css";
import { useFocusBack } from "./use-focus-back.ts";

const { title, sections } = keysText;

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      size="xl"
      closeButtonProps={{ "aria-label": messages.close }}
    >
      <div className={classes.sections} data-testid="keys">
        {sections.map((section) => (
          <section key={section.title}>
            <h2>{section.title}</h2>
            <dl>
              {section.keys.map(({ keys, meaning }) => (
                <div key={meaning}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
