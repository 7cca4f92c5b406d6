// A line of code with a button that copies it.
import { useClipboard } from "@mantine/hooks";
import { IconButton } from "../controls/icon-button.tsx";
import { settings as text } from "../messages/settings.ts";
import classes from "./section.module.css";

export function Copyable({ code }: { readonly code: string }) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <div className={classes.code}>
      <code>{code}</code>
      <IconButton
        icon={clipboard.copied ? "check" : "copy"}
        label={clipboard.copied ? text.copied : text.copy}
        sizePx={16}
        onClick={() => clipboard.copy(code)}
      />
    </div>
  );
}
