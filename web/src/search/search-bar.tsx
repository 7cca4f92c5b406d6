// The one bar for every search: chips, then text; "#" opens the list of concepts.
import { Loader } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import {
  lazy,
  type MouseEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { isPlainKey } from "../keys/plain-key.ts";
import { messages } from "../messages.ts";
import { isEverything, type Query } from "../query.ts";
import { BarSuggestions } from "./bar-suggestions.tsx";
import { Chips } from "./chips.tsx";
import classes from "./search-bar.module.css";
import { SearchBox } from "./search-box.tsx";
import { useImageDrop } from "./use-image-drop.ts";
import { useImageSearch } from "./use-image-search.ts";
import { useAddress } from "./use-search.ts";
import { useSearchBar } from "./use-search-bar.ts";

const text = messages.search;

const VisualSearchDialog = lazy(async () => ({
  default: (await import("../visual-search/visual-search-dialog.tsx")).VisualSearchDialog,
}));
const SearchHelp = lazy(async () => ({
  default: (await import("./search-help.tsx")).SearchHelp,
}));

export function SearchBar() {
  const { query } = useAddress();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const bar = useSearchBar(query, input);
  const image = useImageSearch();
  const drop = useImageDrop(image.searchBy);
  const isEmpty = isEverything(query) && bar.text === "";

  useWindowEvent("keydown", (event) => {
    if (event.key !== "/" || !isPlainKey(event)) return;
    event.preventDefault();
    input.current?.select();
  });

  return (
    <search className={classes.bar} aria-label={text.label} {...drop.listeners}>
      <span className={classes.start}>
        {image.isBusy ? <Loader size={18} aria-label={text.sending} /> : <Icon name="search" />}
      </span>
      <Field query={query}>
        {query.terms.length + query.filters.length > 0 && <Chips query={query} input={input} />}
        <SearchBox ref={input} bar={bar} query={query} listId={listId} onImage={image.searchBy} />
      </Field>
      <div className={classes.actions}>
        {isEmpty ? <Help /> : <IconButton icon="close" label={text.clear} onClick={bar.clear} />}
        <ByImage />
      </div>
      {bar.isListOpen && <BarSuggestions id={listId} bar={bar} />}
      {drop.isOver && (
        <div className={classes.drop} data-testid="search-drop">
          <Icon name="camera" />
          {text.dropHere}
        </div>
      )}
      {image.error && (
        <div className={classes.error} role="alert">
          <Icon name="alert" />
          <span>{image.error.message}</span>
          <IconButton icon="close" label={text.dismiss} onClick={image.dismiss} />
        </div>
      )}
    </search>
  );
}

type FieldProps = { readonly query: Query; readonly children: ReactNode };

/** Chips and text, on as many lines as there is room for; the end of it stays in sight. */
function Field({ query: { terms, filters }, children }: FieldProps) {
  const field = useRef<HTMLDivElement>(null);
  const count = terms.length + filters.length;
  useEffect(() => {
    if (count > 0) field.current?.scrollTo({ top: field.current.scrollHeight });
  }, [count]);

  // The room between chips belongs to the text.
  function onMouseDown(event: MouseEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    event.currentTarget.querySelector("input")?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the text in it takes the focus
    <div ref={field} className={classes.field} onMouseDown={onMouseDown}>
      {children}
    </div>
  );
}

function Help() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="help"
        label={text.help}
        aria-expanded={isOpen}
        // A press on it is none outside of the help.
        onMouseDown={(event) => isOpen && event.stopPropagation()}
        onClick={() => setIsOpen(!isOpen)}
      />
      <Suspense>{isOpen && <SearchHelp onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}

function ByImage() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="camera"
        label={text.byImage}
        data-testid="visual-search"
        onClick={() => setIsOpen(true)}
      />
      <Suspense>{isOpen && <VisualSearchDialog onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  );
}
