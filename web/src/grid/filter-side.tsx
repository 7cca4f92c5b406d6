// Where the filters stand: beside the results, over them on a phone.
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { messages } from "../messages.ts";
import classes from "./filter-side.module.css";
import { Sheet } from "./sheet.tsx";

const FilterPanel = lazy(async () => ({
  default: (await import("../filters/filter-panel.tsx")).FilterPanel,
}));

export function FilterSide({ onClose }: { readonly onClose: () => void }) {
  const isPhone = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const panel = (
    <Suspense>
      <FilterPanel onClose={onClose} />
    </Suspense>
  );
  if (!isPhone) return <div className={classes.side}>{panel}</div>;
  return (
    <Sheet label={messages.results.filters} onClose={onClose}>
      {panel}
    </Sheet>
  );
}
