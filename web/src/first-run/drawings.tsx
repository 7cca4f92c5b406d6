// Little pictures of the three searches: a search bar, and below it the tiles that come first.
import type { ReactNode } from "react";
import { firstRun as text } from "../messages/first-run.ts";
import classes from "./drawings.module.css";

type Scene = "sunset" | "dusk" | "peak" | "hill" | "boat" | "wood";

// Sky, sun or moon, and land of each scene on a 40 x 40 square.
const SCENES: Record<
  Scene,
  { readonly sky: string; readonly ground: string; readonly sun: string }
> = {
  sunset: { sky: "#f6b26b", ground: "#8a4a5f", sun: "#fff1c9" },
  dusk: { sky: "#e2887a", ground: "#5b3f6b", sun: "#ffe3b0" },
  peak: { sky: "#a9cdea", ground: "#5a6f8c", sun: "#ffffff" },
  hill: { sky: "#bfe0e8", ground: "#7fa067", sun: "#fff6d5" },
  boat: { sky: "#f3c48b", ground: "#3f6d8e", sun: "#fff1c9" },
  wood: { sky: "#d6e6cf", ground: "#4d7a58", sun: "#f8f6d8" },
};

export function SimilarDrawing() {
  return (
    <Drawing scenes={["sunset", "dusk", "boat", "wood"]}>
      <Tile scene="sunset" x={10} y={9} sizePx={18} />
    </Drawing>
  );
}

export function ConceptDrawing() {
  return (
    <Drawing scenes={["peak", "hill", "wood", "boat"]}>
      <circle cx={19} cy={18} r={4} className={classes.dot} />
      <text x={29} y={22} className={classes.text}>
        {text.conceptExample}
      </text>
    </Drawing>
  );
}

export function CaptionDrawing() {
  return (
    <Drawing scenes={["boat", "sunset", "dusk", "hill"]}>
      <text x={14} y={22} className={classes.text}>
        {text.captionExample}
      </text>
    </Drawing>
  );
}

function Drawing({
  scenes,
  children,
}: {
  readonly scenes: readonly Scene[];
  readonly children: ReactNode;
}) {
  return (
    <svg viewBox="0 0 188 88" className={classes.drawing} aria-hidden="true">
      <rect x={0.5} y={0.5} width={187} height={35} rx={8} className={classes.bar} />
      {children}
      {scenes.map((scene, index) => (
        <Tile key={scene} scene={scene} x={index * 48} y={44} sizePx={44} />
      ))}
    </svg>
  );
}

type TileProps = {
  readonly scene: Scene;
  readonly x: number;
  readonly y: number;
  readonly sizePx: number;
};

function Tile({ scene, x, y, sizePx }: TileProps) {
  const { sky, ground, sun } = SCENES[scene];
  return (
    <g transform={`translate(${x} ${y}) scale(${sizePx / 40})`}>
      <rect width={40} height={40} rx={5} fill={sky} />
      <circle cx={27} cy={scene === "peak" ? 10 : 18} r={5} fill={sun} />
      <path d={LANDS[scene]} fill={ground} />
      {scene === "boat" && <path d="M10 31h13l-3 4h-7zM16 16v13h-6z" fill="#fff" />}
      {scene === "peak" && <path d="M16 12l5 8-3-1-2 3-2-3-3 1z" fill="#fff" />}
    </g>
  );
}

const FLAT = "M0 24h40v11a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z";
const LANDS: Record<Scene, string> = {
  sunset: FLAT,
  dusk: FLAT,
  boat: FLAT,
  peak: "M0 34L16 12l10 14 5-6 9 12v3a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z",
  hill: "M0 28C10 18 18 20 24 26s10 4 16-2v11a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z",
  wood: "M0 32l6-12 6 12 6-16 7 16 6-12 9 12v3a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5z",
};
