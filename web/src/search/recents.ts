// What was used last, newest first, kept by this browser for each app.
import { useSyncExternalStore } from "react";
import { usePortal } from "../portal.ts";

type Subject = "searches" | "concepts";

const KEPT: Readonly<Record<Subject, number>> = { searches: 8, concepts: 8 };
const NONE: readonly string[] = [];

/** Searches as the address has them, concepts by name. */
export function useRecents(subject: Subject): readonly string[] {
  const { appId } = usePortal();
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(keyOf(subject, appId)));
  return fromStored(stored);
}

/** @param instead one that it takes the place of */
export function remember(subject: Subject, appId: string, one: string, instead?: string): void {
  const key = keyOf(subject, appId);
  const stored = fromStored(localStorage.getItem(key));
  const others = stored.filter((other) => other !== one && other !== instead);
  const kept = JSON.stringify([one, ...others].slice(0, KEPT[subject]));
  try {
    localStorage.setItem(key, kept);
  } catch {
    return; // The browser keeps no more: nothing that anyone would miss now.
  }
  window.dispatchEvent(new Event(CHANGED));
}

export function forget(subject: Subject, appId: string): void {
  localStorage.removeItem(keyOf(subject, appId));
  window.dispatchEvent(new Event(CHANGED));
}

// The browser tells other tabs only.
const CHANGED = "semblance-recents";

function subscribe(onChange: () => void): () => void {
  const names = ["storage", CHANGED];
  for (const name of names) window.addEventListener(name, onChange);
  return () => {
    for (const name of names) window.removeEventListener(name, onChange);
  };
}

function keyOf(subject: Subject, appId: string): string {
  return `semblance.recent-${subject}.${appId}`;
}

function fromStored(text: string | null): readonly string[] {
  if (text === null) return NONE;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((one) => typeof one === "string") : NONE;
  } catch {
    return NONE;
  }
}
