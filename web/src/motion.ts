// Whether things move: as this browser was told, and never where the device asks for stillness.
import { useLocalStorage } from "@mantine/hooks";
import { useEffect } from "react";

const KEY = "semblance.motion";

/** Before the first picture: theme.css looks at the attribute. */
export function applyMotion(): void {
  show(localStorage.getItem(KEY) !== "false");
}

export function useMotion() {
  const [isMoving, setIsMoving] = useLocalStorage({
    key: KEY,
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  useEffect(() => show(isMoving), [isMoving]);
  return { isMoving, setIsMoving };
}

function show(isMoving: boolean): void {
  document.documentElement.toggleAttribute("data-still", !isMoving);
}
