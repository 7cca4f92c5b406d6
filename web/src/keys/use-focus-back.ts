// A dialog that is taken off the page, not closed, gives the focus back by itself.
import { useEffect, useState } from "react";

/** For the component that the dialog comes and goes with. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
