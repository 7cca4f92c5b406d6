// A whole screen over the page, for phones.
import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./filter-side.module.css";

type SheetProps = {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function Sheet({ label, onClose, children }: SheetProps) {
  return (
    <Modal.Root opened fullScreen padding={0} onClose={onClose} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={label} classNames={{ content: classes.sheet ?? "" }}>
        {children}
      </Modal.Content>
    </Modal.Root>
  );
}
