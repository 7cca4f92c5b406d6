// What the camera wrote into the file -> lines that photographers know how to read.
import { messages } from "../messages.ts";

const text = messages.input.camera;

type CameraFact = readonly [term: string, value: string];

/** @param exif as the engine gives it: camera, lens, aperture, exposure, iso, focal_length_mm, software */
export function toCameraFacts(exif: Readonly<Record<string, unknown>>): readonly CameraFact[] {
  const { camera, lens, aperture, exposure, iso, focal_length_mm: focal, software } = exif;
  const settings = [
    aperture !== undefined && `ƒ/${aperture}`,
    exposure !== undefined && text.seconds(String(exposure)),
    focal !== undefined && text.millimetres(String(focal)),
    iso !== undefined && `ISO ${iso}`,
  ].filter((part) => part !== false);
  const facts: readonly CameraFact[] = [
    [text.camera, String(camera ?? "")],
    [text.lens, String(lens ?? "")],
    [text.settings, settings.join(" · ")],
    [text.software, String(software ?? "")],
  ];
  return facts.filter(([, value]) => value !== "");
}
