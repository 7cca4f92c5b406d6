// A labelled line of text in the filter panel; what it stands for follows after a rest in typing.
import type { ComponentPropsWithoutRef } from "react";
import classes from "./field.module.css";
import { useTyped } from "./use-typed.ts";

type FieldProps = Omit<ComponentPropsWithoutRef<"input">, "value" | "onChange"> & {
  readonly label: string;
  readonly value: string;
  /** Returns the value that it will have, if that is not the text. */
  readonly onTyped: (text: string) => string | undefined;
};

export function Field({ label, value, onTyped, ...props }: FieldProps) {
  const { text, type } = useTyped(value, onTyped);
  return (
    <label className={classes.field}>
      <span>{label}</span>
      <input
        {...props}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
    </label>
  );
}

/** Why what is typed is not used. */
export function FieldError({ children }: { readonly children: string }) {
  return (
    <p className={classes.error} role="alert">
      {children}
    </p>
  );
}
