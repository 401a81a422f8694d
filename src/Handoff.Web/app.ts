import "@hotwired/turbo";
import { Application, type ControllerConstructor } from "@hotwired/stimulus";
import { Board } from "./Boards/board";
import { Slider } from "./Boards/slider";
import { Clock } from "./Components/clock";
import { Draft } from "./Components/draft";
import { forgetOldDrafts } from "./Components/draft-memory";
import { ErrorSummary } from "./Components/error-summary";
import { readNow } from "./Components/time";
import { Undo } from "./Components/undo";
import { Wording } from "./Components/wording";
import { Roster } from "./Groups/roster";
import { Autosave } from "./Handoffs/autosave";
import { Evidence } from "./Handoffs/evidence";
import { Huddle } from "./Handoffs/huddle";
import { HuddleTimer } from "./Handoffs/huddle-timer";
import { Look } from "./Handoffs/look";
import { Menu } from "./Layout/menu";
import { SignOut } from "./Layout/sign-out";
import { ThemeChoice } from "./Layout/theme";
import { applyTheme } from "./Layout/theme-memory";
import { Training } from "./Layout/training";
import { Bundle } from "./Live/bundle";
import { Live } from "./Live/live";
import { LiveRegion } from "./Live/live-region";
import { outbox } from "./Live/outbox";
import { Reachable } from "./Live/reachable";
import { Meeting } from "./Meetings/meeting";
import { Rounds } from "./Pages/rounds";
import { LaneLink } from "./Timeline/lane-link";
import { Timeline } from "./Timeline/timeline";

/** What a `data-controller` on the page names. */
const controllers: Record<string, ControllerConstructor> = {
  "autosave": Autosave,
  "board": Board,
  "bundle": Bundle,
  "clock": Clock,
  "draft": Draft,
  "error-summary": ErrorSummary,
  "evidence": Evidence,
  "huddle": Huddle,
  "huddle-timer": HuddleTimer,
  "lane-link": LaneLink,
  "live": Live,
  "live-region": LiveRegion,
  "look": Look,
  "meeting": Meeting,
  "menu": Menu,
  "reachable": Reachable,
  "roster": Roster,
  "rounds": Rounds,
  "sign-out": SignOut,
  "slider": Slider,
  "theme": ThemeChoice,
  "timeline": Timeline,
  "training": Training,
  "undo": Undo,
  "wording": Wording,
};

readNow();
applyTheme();
forgetOldDrafts();
outbox.start();

const application = Application.start();
for (const [name, controller] of Object.entries(controllers)) application.register(name, controller);
