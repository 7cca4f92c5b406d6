// Everything that the palette can do here and now: pages, actions, apps, and what the typed letters find.
import { useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { fromSearchString } from "../address.ts";
import { APPS_KEY } from "../frame/app-menu.tsx";
import { PLACES } from "../frame/sidebar.tsx";
import { usePreferences } from "../grid/use-preferences.ts";
import { messages } from "../messages.ts";
import { usePortal } from "../portal.ts";
import { EVERYTHING, isEverything, isRanked, ofConcept } from "../query.ts";
import { useSavedSearches } from "../saved/use-saved-searches.ts";
import { useRecents } from "../search/recents.ts";
import { useConcepts } from "../search/use-concepts.ts";
import { useSearch } from "../search/use-search.ts";
import type { Command } from "./command.ts";

const text = messages.palette;
const RECENT = 3;
const CONCEPTS = 5;

/** What the palette itself turns into. */
export type Step = "save" | "newApp" | "byImage" | "upload";

type Given = {
  readonly typed: string;
  readonly onKeys: () => void;
  readonly onStep: (step: Step) => void;
};

/** Rows that are always there come first; those that are only found by typing after them. */
export function useCommands({ typed, onKeys, onStep }: Given): readonly Command[] {
  const groups = [
    useSearchCommands(onStep),
    usePageCommands(),
    useActionCommands(onKeys, onStep),
    useFoundCommands(typed),
  ];
  return groups.flat();
}

function useSearchCommands(onStep: (step: Step) => void): readonly Command[] {
  const { search, current } = useSearch();
  const { preferences, prefer } = usePreferences();
  const recent = useRecents("searches");
  const query = current();
  const rows: Command[] = recent.slice(0, RECENT).map((address) => ({
    id: `recent ${address}`,
    group: "recent",
    icon: "clock",
    label: [...new URLSearchParams(address).values()].join(" "),
    address,
    run: () => search(fromSearchString(address).query),
  }));
  const { isScoreShown } = preferences;
  const actions: (Command | false)[] = [
    {
      id: "by image",
      group: "search",
      icon: "camera",
      label: text.visualSearch,
      run: () => onStep("byImage"),
    },
    !isEverything(query) && {
      id: "save",
      group: "search",
      icon: "bookmark",
      label: text.save,
      run: () => onStep("save"),
    },
    !isEverything(query) && {
      id: "clear",
      group: "search",
      icon: "close",
      label: text.clear,
      run: () => search(EVERYTHING),
    },
    isRanked(query) && {
      id: "scores",
      group: "search",
      icon: "scores",
      label: isScoreShown ? text.hideScores : text.showScores,
      run: () => prefer({ isScoreShown: !isScoreShown }),
    },
    {
      id: "copies",
      group: "search",
      icon: "copies",
      label: query.isCollapsed ? text.expand : text.collapse,
      run: () => search({ ...query, isCollapsed: !query.isCollapsed }),
    },
  ];
  return [...rows, ...actions.filter((one) => one !== false)];
}

function usePageCommands(): readonly Command[] {
  const { appId } = usePortal();
  const navigate = useNavigate();
  return PLACES.map(({ to, icon, label }) => ({
    id: to,
    group: "pages",
    icon,
    label,
    run: () => void navigate({ to, params: { appId }, search: { query: EVERYTHING } }),
  }));
}

function useActionCommands(onKeys: () => void, onStep: (step: Step) => void): readonly Command[] {
  const { client } = usePortal();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { data: session } = useQuery({
    queryKey: ["palette-session"],
    queryFn: ({ signal }) => client.session({ signal }),
  });
  const schemes = (["light", "dark", "auto"] as const).filter((scheme) => scheme !== colorScheme);
  const rows: (Command | false)[] = [
    {
      id: "upload",
      group: "actions",
      icon: "upload",
      label: text.upload,
      run: () => onStep("upload"),
    },
    { id: "app", group: "actions", icon: "add", label: text.newApp, run: () => onStep("newApp") },
    ...schemes.map(
      (scheme) =>
        ({
          id: scheme,
          group: "actions",
          icon: "star",
          label: text[scheme],
          run: () => setColorScheme(scheme),
        }) as const,
    ),
    { id: "keys", group: "actions", icon: "keyboard", label: text.keys, keys: "?", run: onKeys },
    session?.isRequired === true && {
      id: "sign out",
      group: "actions",
      icon: "signout",
      label: text.signOut,
      // What was shown must not stay in memory.
      run: () => void client.signOut().finally(() => window.location.reload()),
    },
  ];
  return rows.filter((one) => one !== false);
}

function useFoundCommands(typed: string): readonly Command[] {
  const { appId, client } = usePortal();
  const navigate = useNavigate();
  const { search } = useSearch();
  const isTyping = typed !== "";
  const { concepts = [] } = useConcepts(isTyping ? typed : undefined);
  const { data: apps = [] } = useQuery({
    queryKey: APPS_KEY,
    queryFn: ({ signal }) => client.apps({ signal }),
    staleTime: 60_000,
  });
  const { data: saved = [] } = useSavedSearches();
  if (!isTyping) return [];
  return [
    ...concepts
      .filter(({ after }) => after === "")
      .slice(0, CONCEPTS)
      .map(
        ({ concept: { id, name } }): Command => ({
          id: `concept ${id}`,
          group: "concepts",
          icon: "hash",
          label: name,
          isFound: true,
          run: () => search(ofConcept(name)),
        }),
      ),
    ...saved.map(
      ({ id, name, address }): Command => ({
        id: `saved ${id}`,
        group: "saved",
        icon: "bookmark",
        label: name,
        run: () => search(fromSearchString(address).query),
      }),
    ),
    ...apps
      .filter(({ id }) => id !== appId)
      .map(
        ({ id, name }): Command => ({
          id: `app ${id}`,
          group: "apps",
          icon: "images",
          label: name,
          run: () =>
            void navigate({
              to: "/apps/$appId/inputs",
              params: { appId: id },
              search: { query: EVERYTHING },
            }),
        }),
      ),
    {
      id: "caption",
      group: "search",
      icon: "search",
      label: text.caption(typed),
      isFound: true,
      run: () => search({ ...EVERYTHING, caption: typed }),
    },
  ];
}
