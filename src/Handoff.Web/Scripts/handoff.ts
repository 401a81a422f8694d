import "@hotwired/turbo";
import { Modules } from "./modules";
import { readNow } from "./time";
import { applyTheme, ThemeChoice } from "./theme";
import { Clock } from "./clock";
import { Live } from "./live";
import { Board } from "./board";
import { Refresh } from "./refresh";
import { Draft, SignOut, forgetOldDrafts } from "./draft";
import { Undo } from "./undo";
import { Menu } from "./menu";
import { ErrorSummary } from "./summary";
import { Rounds } from "./rounds";
import { StayFollower } from "./stay";
import { IncidentBanners, IncidentFollower } from "./incidents";
import { Wording } from "./wording";
import { Roster } from "./roster";
import { Timeline } from "./timeline";
import { Slider } from "./slider";
import { Autosave } from "./autosave";
import { Look } from "./look";
import { Handing, Huddle, HuddleTimer } from "./handing";
import { Meeting } from "./meeting";
import { LaneLink } from "./lane-link";
import { Notices } from "./notices";
import { Training } from "./training";
import { outbox } from "./outbox";

readNow();
applyTheme();
forgetOldDrafts();
outbox.start();

new Modules()
  .add("[data-theme-choice]", ThemeChoice)
  .add("[data-clock]", Clock)
  .add("[data-board]", Board)
  .add("[data-live-unit]", Live)
  .add("[data-refresh]", Refresh)
  .add("form[data-draft]", Draft)
  .add("form[data-sign-out]", SignOut)
  .add("[data-undo]", Undo)
  .add("details[data-menu]", Menu)
  .add("[data-error-summary]", ErrorSummary)
  .add("[data-rounds]", Rounds)
  .add("[data-stay]", StayFollower)
  .add("[data-incidents]", IncidentBanners)
  .add("[data-incident]", IncidentFollower)
  .add("[data-wording]", Wording)
  .add("[data-roster]", Roster)
  .add("[data-timeline]", Timeline)
  .add("[data-slider]", Slider)
  .add("[data-autosave]", Autosave)
  .add("[data-handing]", Handing)
  .add("[data-look]", Look)
  .add("[data-huddle]", Huddle)
  .add("[data-huddle-timer]", HuddleTimer)
  .add("[data-meeting]", Meeting)
  .add("[data-lane-link]", LaneLink)
  .add("[data-notices]", Notices)
  .add("[data-training]", Training)
  .start();
