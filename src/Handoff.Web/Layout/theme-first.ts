// Runs before the first paint, so that a dark ward never sees a white flash.
import { applyTheme } from "./theme-memory";

applyTheme();
