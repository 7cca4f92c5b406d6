// One accent colour on neutral greys, for Mantine's components; theme.css names them for ours.
import { createTheme } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  colors: {
    accent: [
      "#eef0fd",
      "#dadffa",
      "#b4bdf4",
      "#8f9cf0",
      "#7484ec",
      "#5f71e8",
      "#4a5fe0",
      "#3c4fc4",
      "#3040a0",
      "#26337f",
    ],
    gray: [
      "#f7f7f8",
      "#efeff1",
      "#e4e4e7",
      "#d6d6da",
      "#bdbdc2",
      "#97979e",
      "#6a6a72",
      "#48484f",
      "#2e2e33",
      "#1b1b1f",
    ],
    dark: [
      "#e8e8ea",
      "#c8c8cc",
      "#a2a2a8",
      "#86868d",
      "#3c3c41",
      "#323237",
      "#28282c",
      "#161618",
      "#101012",
      "#0b0b0c",
    ],
  },
});
