// The key of the server: whether there is one, what that means, how to set it.
import { Button } from "@mantine/core";
import { useState } from "react";
import { settings as text } from "../messages/settings.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import { Copyable } from "./copyable.tsx";
import classes from "./section.module.css";

export function KeysSection() {
  const isKeyed = useSignOut() !== undefined;
  const [suggested, setSuggested] = useState<string>();
  return (
    <div className={classes.stack}>
      <p data-testid="keyed" data-keyed={isKeyed}>
        {isKeyed ? text.keyed : text.unkeyed}
      </p>
      <p className={classes.dim}>
        {text.keyOne} {text.keySet}
      </p>
      <Copyable code={text.keyCommand} />
      {suggested === undefined ? (
        <Button variant="default" onClick={() => setSuggested(toKey())}>
          {text.keySuggest}
        </Button>
      ) : (
        <div>
          <p className={classes.dim}>{text.keySuggested}</p>
          <Copyable code={suggested} />
        </div>
      )}
      <p className={classes.dim}>{text.keyUse}</p>
      <Copyable code={text.keyHeader} />
    </div>
  );
}

/** 192 random bits, as letters that every shell takes. */
function toKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
