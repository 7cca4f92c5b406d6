// A labelled line of text in the filter panel.
import type { ComponentPropsWithoutRef } from "react";
import classes from "./field.module.css";

type FieldProps = Omit<ComponentPropsWithoutRef<"input">, "value" | "onChange"> & {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
};

export function Field({ label, value, onType, ...props }: FieldProps) {
  return (
    <label className={classes.field}>
      <span>{label}</span>
      <input
        {...props}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
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
