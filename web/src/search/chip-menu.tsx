// The arrow on a chip: how much it counts, the opposite, a part of its picture, gone.
import { Menu } from "@mantine/core";
import shared from "../controls/chip.module.css";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import classes from "./chip.module.css";
import { WEIGHTS } from "./weights.ts";

const text = messages.search;

type ChipMenuProps = {
  readonly name: string;
  readonly weight: number;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onWeigh: (weight: number) => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
  readonly onCrop: (() => void) | undefined;
};

export function ChipMenu(props: ChipMenuProps) {
  const { name, weight, isOpen, onOpen, onWeigh, onToggle, onRemove, onCrop } = props;
  const isNegated = weight < 0;
  return (
    <Menu
      position="bottom-start"
      width={208}
      opened={isOpen}
      onChange={onOpen}
      returnFocus
      // It would be a focusable element without a role among those of the menu.
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          // ArrowDown does the same on the chip.
          tabIndex={-1}
          className={`${shared.part} ${classes.more}`}
          aria-label={text.menuOf(name)}
        >
          <Icon name="down" sizePx={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text.weight}</Menu.Label>
        <div role="none" className={classes.weights}>
          <Menu.RadioGroup
            value={String(Math.abs(weight))}
            onChange={(size) => onWeigh(isNegated ? -Number(size) : Number(size))}
          >
            {WEIGHTS.map((size) => (
              <Menu.RadioItem
                key={size}
                value={String(size)}
                closeMenuOnClick
                classNames={{ item: classes.step ?? "", itemIndicator: classes.indicator ?? "" }}
              >
                {size}×
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<span className={classes.dot} data-negated={!isNegated || undefined} />}
          onClick={onToggle}
        >
          {isNegated ? text.moreLike : text.lessLike}
        </Menu.Item>
        {onCrop && (
          <Menu.Item leftSection={<Icon name="crop" sizePx={16} />} onClick={onCrop}>
            {text.crop}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="close" sizePx={16} />} onClick={onRemove}>
          {text.removeShort}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
