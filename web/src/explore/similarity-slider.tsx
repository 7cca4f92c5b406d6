// How similar pictures must be to stand in one group.
import { Slider } from "@mantine/core";
import { explore as text } from "../messages/explore.ts";
import classes from "./copies.module.css";

/** The server keeps pairs from here on. */
const LEAST = 0.8;
const MOST = 0.99;

type SimilaritySliderProps = {
  readonly least: number;
  readonly onChange: (least: number) => void;
};

export function SimilaritySlider({ least, onChange }: SimilaritySliderProps) {
  return (
    <div className={classes.slider}>
      <span>{text.similar}</span>
      <Slider
        size="sm"
        min={LEAST}
        max={MOST}
        step={0.01}
        value={least}
        onChange={onChange}
        label={text.percent}
        thumbLabel={text.similarity}
      />
      <span>{text.identical}</span>
    </div>
  );
}
