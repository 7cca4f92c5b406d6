// On phones: what has no room in the toolbar.
import { Menu } from "@mantine/core";
import { IconButton } from "../controls/icon-button.tsx";
import { Icon } from "../icon.tsx";
import { messages } from "../messages.ts";
import { isEverything, isRanked } from "../query.ts";
import { useSearch } from "../search/use-search.ts";
import { TILE_SIZES } from "./layout.ts";
import type { ToolbarProps } from "./toolbar.tsx";
import { useHasObjects } from "./use-objects.ts";

const text = messages.results;
/** Two, three or four tiles in a row. */
const PHONE_SIZES = [TILE_SIZES.least, TILE_SIZES.usual, TILE_SIZES.most];

export function ToolbarMenu({ query, preferences, onPrefer, onSave }: ToolbarProps) {
  const { search } = useSearch();
  const hasRank = isRanked(query);
  const hasObjects = (useHasObjects() && hasRank) || query.isOfObjects;
  const { tileSizePx, isScoreShown } = preferences;
  // Sizes of wide screens lie between.
  const place = PHONE_SIZES.findIndex((sizePx) => tileSizePx <= sizePx);
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <IconButton icon="more" label={text.more} data-testid="toolbar-menu" />
      </Menu.Target>
      <Menu.Dropdown>
        {hasRank && (
          <Switch
            label={text.relevantOnly}
            isOn={query.isRelevantOnly}
            onPress={() => search({ ...query, isRelevantOnly: !query.isRelevantOnly })}
          />
        )}
        {hasObjects && (
          <Switch
            label={text.objects}
            isOn={query.isOfObjects}
            onPress={() => search({ ...query, isOfObjects: !query.isOfObjects })}
          />
        )}
        <Switch
          label={text.collapse}
          isOn={query.isCollapsed}
          onPress={() => search({ ...query, isCollapsed: !query.isCollapsed })}
        />
        {hasRank && (
          <Switch
            label={text.scores}
            isOn={isScoreShown}
            onPress={() => onPrefer({ isScoreShown: !isScoreShown })}
          />
        )}
        {!isEverything(query) && (
          <Menu.Item leftSection={<Icon name="bookmark" />} onClick={onSave}>
            {text.save}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<Icon name="add" />}
          disabled={place === PHONE_SIZES.length - 1}
          onClick={() => onPrefer({ tileSizePx: PHONE_SIZES[place + 1] ?? tileSizePx })}
        >
          {text.bigger}
        </Menu.Item>
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<Icon name="minus" />}
          disabled={place === 0}
          onClick={() => onPrefer({ tileSizePx: PHONE_SIZES[place - 1] ?? tileSizePx })}
        >
          {text.smaller}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type SwitchProps = {
  readonly label: string;
  readonly isOn: boolean;
  readonly onPress: () => void;
};

function Switch({ label, isOn, onPress }: SwitchProps) {
  return (
    <Menu.CheckboxItem
      checked={isOn}
      closeMenuOnClick
      checkIcon={<Icon name="check" sizePx={16} />}
      onChange={onPress}
    >
      {label}
    </Menu.CheckboxItem>
  );
}
