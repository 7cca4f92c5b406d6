// A picture to search by: from this device, its camera, the clipboard, or an address.
import { Button, TextInput } from "@mantine/core";
import { type RefObject, type SubmitEvent, useRef, useState } from "react";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { isAddress } from "../search/parse.ts";
import classes from "./choose-picture.module.css";
import type { PictureSource } from "./picture-source.ts";

const text = messages.visualSearch;

type ChoosePictureProps = {
  /** Something is dragged over the dialog. */
  readonly isOver: boolean;
  readonly onChoose: (source: PictureSource) => void;
};

export function ChoosePicture({ isOver, onChoose }: ChoosePictureProps) {
  const [file, photo] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  return (
    <>
      <div className={classes.zone} data-over={isOver || undefined}>
        <Icon name="images" sizePx={40} />
        <span className={classes.hint}>{text.drop}</span>
        <div className={classes.buttons}>
          <Button
            data-autofocus
            leftSection={<Icon name="upload" sizePx={18} />}
            onClick={() => file.current?.click()}
          >
            {text.choose}
          </Button>
          <Button
            variant="default"
            className={classes.photo ?? ""}
            leftSection={<Icon name="camera" sizePx={18} />}
            onClick={() => photo.current?.click()}
          >
            {text.takePhoto}
          </Button>
        </div>
        <Picker
          inputRef={file}
          label={text.choose}
          testId="visual-search-file"
          onChoose={onChoose}
        />
        <Picker
          inputRef={photo}
          label={text.takePhoto}
          testId="visual-search-photo"
          isCamera
          onChoose={onChoose}
        />
      </div>
      <AddressForm onChoose={onChoose} />
    </>
  );
}

type PickerProps = {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly testId: string;
  readonly isCamera?: boolean;
  readonly onChoose: (source: PictureSource) => void;
};

function Picker({ inputRef, label, testId, isCamera = false, onChoose }: PickerProps) {
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      accept="image/*,.heic,.heif"
      capture={isCamera ? "environment" : undefined}
      aria-label={label}
      data-testid={testId}
      onChange={({ currentTarget: { files } }) => {
        if (files?.[0]) onChoose({ kind: "file", file: files[0] });
      }}
    />
  );
}

function AddressForm({ onChoose }: { readonly onChoose: (source: PictureSource) => void }) {
  const [url, setUrl] = useState("");
  const [isWrong, setIsWrong] = useState(false);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    // React hands it on from a dialog to what stands around it.
    event.stopPropagation();
    if (isAddress(url.trim())) onChoose({ kind: "url", url: url.trim() });
    else setIsWrong(true);
  }

  return (
    <form className={classes.address} onSubmit={submit} noValidate>
      <TextInput
        className={classes.url ?? ""}
        type="url"
        aria-label={text.address}
        placeholder={text.addressPlaceholder}
        leftSection={<Icon name="link" sizePx={18} />}
        value={url}
        error={isWrong && text.noAddress}
        onChange={({ currentTarget }) => {
          setUrl(currentTarget.value);
          setIsWrong(false);
        }}
      />
      <Button type="submit" variant="default" disabled={url.trim() === ""}>
        {text.fetch}
      </Button>
    </form>
  );
}
