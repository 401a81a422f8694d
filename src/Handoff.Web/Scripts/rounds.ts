import type { LiveBoard, LiveCard } from "./live";
import type { Module } from "./modules";
import { newRequest, outbox, send, type Letter, type Posted } from "./outbox";
import { RoundForm } from "./round-form";
import { RoundRows } from "./round-rows";
import { now, wallClock } from "./time";

/** A round with one thumb: patient, where, how; recorded at once, the next patient opens, and for eight seconds it can be undone. */
export class Rounds implements Module {
  readonly #root: HTMLElement;
  readonly #rows: RoundRows;
  readonly #form: RoundForm | undefined;
  readonly #stop = new AbortController();
  readonly #events = new Map<string, string>();
  readonly #unwanted = new Set<string>();
  readonly #seen = new Map<string, number>();
  readonly #switch: HTMLElement | null;
  #several = false;
  #open: HTMLElement | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#rows = new RoundRows(root);
    const form = root.querySelector<HTMLFormElement>("form");
    this.#form = form ? new RoundForm(form, act => void this.#record(act)) : undefined;
    this.#open = form?.closest<HTMLElement>("[data-round]") ?? undefined;
    this.#switch = document.querySelector<HTMLElement>("[data-round-several]");
    this.#listen();
    this.#showLetters();
  }

  disconnect(): void {
    this.#stop.abort();
    this.#rows.stop();
  }

  #listen(): void {
    this.#hear("handoff:card", event => this.#changed((event as CustomEvent<LiveCard>).detail));
    this.#hear("handoff:board", event => this.#compareWith((event as CustomEvent<LiveBoard>).detail));
    this.#hear("handoff:posted", event => this.#answered((event as CustomEvent<Posted>).detail));
    this.#hear("visibilitychange", () => this.#pickedUp());
    this.#root.addEventListener("click", event => this.#tapped(event), { signal: this.#stop.signal });
    this.#root.querySelector("[data-outbox-correct]")?.addEventListener("click", () => this.#correct());
    this.#switch?.addEventListener("click", () => this.#setSeveral(!this.#several), { signal: this.#stop.signal });
    if (this.#switch && this.#form) this.#switch.hidden = false;
  }

  #tapped(event: MouseEvent): void {
    const head = (event.target as HTMLElement).closest<HTMLElement>("[data-round-open]");
    const row = head?.closest<HTMLElement>("[data-round]");
    if (!row || !this.#form || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (this.#several) this.#tick(row);
    else this.#show(row === this.#open ? undefined : row);
  }

  #show(row: HTMLElement | undefined): void {
    const from = this.#open;
    this.#open = row;
    for (const one of this.#rows.here()) this.#expand(one, one === row);
    if (!row) return;
    this.#form!.moveTo(row, from);
    this.#showRefusal(row);
  }

  #expand(row: HTMLElement, isOpen: boolean): void {
    row.toggleAttribute("data-open", isOpen);
    row.querySelector("[data-round-open]")?.setAttribute("aria-expanded", String(isOpen));
  }

  async #record(act: string): Promise<void> {
    if (this.#several) return this.#recordSeveral();
    const row = this.#open;
    if (!row) return;
    const letter = this.#letter(row, this.#form!.fields());
    if (act === "skip") return this.#skip(row, letter);
    this.#post([letter]);
    this.#next();
  }

  #recordSeveral(): void {
    const letters = [...this.#seen].map(([stay, at]) => this.#letter(this.#rows.of(stay)!, this.#form!.fields(at)));
    this.#setSeveral(false);
    this.#post(letters);
    this.#next();
  }

  #letter(row: HTMLElement, fields: [string, string][]): Letter {
    return { request: newRequest(), action: row.dataset["action"] ?? "", stay: row.dataset["round"] ?? "", kind: "check", fields };
  }

  #post(letters: Letter[]): void {
    for (const letter of letters) {
      outbox.letters().filter(old => old.refused && old.stay === letter.stay).forEach(old => outbox.withdraw(old.request));
      this.#form!.forget(letter.stay);
      this.#rows.note(this.#rows.of(letter.stay)!, "sending", `recording · ${said(letter)}`);
      outbox.post(letter);
    }
    this.#form!.clear();
    this.#showOutbox();
    this.#offerUndo(letters);
  }

  /** A skip says that somebody could not look just now, so it doesn't wait for the line. */
  async #skip(row: HTMLElement, letter: Letter): Promise<void> {
    const fate = await send({ ...letter, fields: [...letter.fields, ["act", "skip"]] });
    if (fate.kind === "waiting") return this.#form!.refuse("reason", "No connection: not recorded. Your words are kept; try again.");
    if (fate.kind === "refused") return this.#form!.refuse(fate.refusal.field, fate.refusal.says);
    this.#form!.clear();
    this.#form!.forget(letter.stay);
    this.#say(`${name(row)}: not seen, recorded`);
    this.#next(row);
  }

  /** The next patient's form opens at the top, where the thumb is. */
  #next(after?: HTMLElement): void {
    this.#rows.arrange();
    const row = this.#rows.here().find(one => one !== after);
    this.#open = undefined;
    this.#show(row);
    row?.querySelector<HTMLElement>("[data-round-head]")?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  #offerUndo(letters: Letter[]): void {
    document.querySelectorAll(".toast").forEach(old => old.remove());
    const toast = this.#root.querySelector<HTMLTemplateElement>("[data-round-toast]")!.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const [first] = letters;
    toast.querySelector("[data-words]")!.textContent = letters.length === 1 && first
      ? `${name(this.#rows.of(first.stay)!)}: ${said(first)}` : `${letters.length} checks: ${value(first, "place")}`;
    toast.querySelector("[data-round-undo]")!.addEventListener("click", () => {
      toast.remove();
      letters.forEach(letter => this.#undo(letter));
      this.#rows.arrange();
      this.#show(this.#rows.of(first?.stay ?? ""));
    });
    document.body.append(toast);
  }

  #undo(letter: Letter): void {
    const check = this.#events.get(letter.request);
    if (check) this.#takeBack(letter, check);
    else if (!outbox.withdraw(letter.request)) this.#unwanted.add(letter.request);
    const row = this.#rows.of(letter.stay);
    if (row) this.#rows.note(row, "none");
  }

  #takeBack(letter: Letter, check: string): void {
    outbox.post({ request: newRequest(), action: `${letter.action}/undo`, stay: letter.stay, kind: "undo", fields: [["check", check]] });
  }

  #answered({ letter, fate }: Posted): void {
    this.#showOutbox(fate);
    const row = this.#rows.of(letter.stay);
    if (fate.kind === "waiting") return this.#showLetters();
    if (fate.kind === "recorded" && letter.kind === "check") this.#recorded(letter, fate.events[0] ?? "");
    if (row && fate.kind === "refused") this.#refused(row, letter, fate.refusal.says);
    else if (row && !outbox.letters().some(other => other.stay === letter.stay)) this.#rows.note(row, "none");
    this.#rows.refresh(letter.stay);
  }

  #recorded(letter: Letter, check: string): void {
    this.#events.set(letter.request, check);
    if (this.#unwanted.delete(letter.request)) this.#takeBack(letter, check);
  }

  #refused(row: HTMLElement, letter: Letter, says: string): void {
    document.querySelectorAll(".toast").forEach(toast => toast.remove());
    const words = letter.kind === "undo" ? `Not undone: ${says}` : `Not recorded: ${says}`;
    this.#rows.note(row, "refused", words);
    this.#say(`${name(row)}. ${words}`);
    if (letter.kind === "undo") outbox.withdraw(letter.request);
    if (row === this.#open) this.#showRefusal(row);
  }

  /** What was typed and refused is in the form again, with the log's words at the field. */
  #showRefusal(row: HTMLElement): void {
    const letter = outbox.letters().find(one => one.refused && one.kind === "check" && one.stay === row.dataset["round"]);
    if (!letter?.refused || !this.#form!.isUntouched()) return;
    this.#form!.fill(letter.fields);
    this.#form!.refuse(letter.refused.field, letter.refused.says);
  }

  #showLetters(): void {
    for (const letter of outbox.letters()) {
      const row = this.#rows.of(letter.stay);
      if (!row) continue;
      if (letter.refused) this.#refused(row, letter, letter.refused.says);
      else this.#rows.note(row, "waiting", `waiting to send · ${letter.kind === "undo" ? "undo" : said(letter)}`);
    }
    this.#showOutbox();
  }

  #showOutbox(fate?: Posted["fate"]): void {
    const note = this.#root.querySelector<HTMLElement>("[data-outbox-note]")!;
    const waiting = outbox.waiting().filter(letter => letter.queued).length;
    const refused = this.#refusedRow();
    const words = [this.#whyRefused(refused), waiting > 0 ? whyWaiting(waiting, fate) : "", othersWait(outbox.ofOthers())].filter(Boolean).join(" ");
    note.querySelector("[data-words]")!.textContent = words;
    note.querySelector<HTMLElement>("[data-outbox-correct]")!.hidden = !refused;
    note.dataset["outboxNote"] = refused ? "refused" : "waiting";
    note.hidden = words === "";
  }

  #refusedRow(): HTMLElement | undefined {
    return outbox.letters().filter(letter => letter.refused).map(letter => this.#rows.of(letter.stay)).find(row => row !== undefined);
  }

  #whyRefused(row: HTMLElement | undefined): string {
    const letter = outbox.letters().find(one => one.refused && one.stay === row?.dataset["round"]);
    return row && letter?.refused ? `Not recorded: ${name(row)}. ${letter.refused.says}` : "";
  }

  #correct(): void {
    const row = this.#refusedRow();
    if (!row) return;
    this.#rows.arrange();
    this.#show(row);
    row.scrollIntoView({ block: "center" });
  }

  /** A phone that is picked up again shows who is next now; while somebody looks at it, nothing moves under the thumb. */
  #pickedUp(): void {
    if (document.hidden || this.#several || !this.#form?.isUntouched()) return;
    this.#rows.arrange();
    this.#show(this.#rows.here()[0]);
  }

  #changed(card: LiveCard): void {
    const row = this.#rows.of(card.stay);
    if (Number(row?.dataset["version"] ?? 0) >= card.version) return;
    if (card.isGone) this.#rows.leave(card.stay, card.version);
    else if (card.html) this.#rows.put(card.stay, card.html);
  }

  /** After the line was lost: who is on the board no more has left. */
  #compareWith(board: LiveBoard): void {
    const present = new Set(board.cards.map(card => card.stay));
    this.#rows.stays().filter(stay => !present.has(stay)).forEach(stay => this.#changed({ stay, version: board.position, isGone: true }));
    board.cards.forEach(card => this.#changed(card));
  }

  #setSeveral(several: boolean): void {
    this.#several = several;
    this.#seen.clear();
    this.#switch?.setAttribute("aria-pressed", String(several));
    this.#root.toggleAttribute("data-several", several);
    this.#sheet().hidden = !several;
    this.#show(undefined);
    if (several) this.#form!.clear();
    if (several) this.#sheet().append(this.#root.querySelector("form.round-form")!);
    this.#rows.here().forEach(row => this.#markTicked(row));
    this.#showChosen();
    const [first] = this.#rows.here();
    if (!several && first) this.#form!.moveTo(first);
  }

  /** Each is seen at the moment of their own tap. */
  #tick(row: HTMLElement): void {
    const stay = row.dataset["round"] ?? "";
    if (!this.#seen.delete(stay)) this.#seen.set(stay, now());
    this.#markTicked(row);
    this.#showChosen();
  }

  #markTicked(row: HTMLElement): void {
    const at = this.#seen.get(row.dataset["round"] ?? "");
    const head = row.querySelector<HTMLElement>("[data-round-open]");
    row.toggleAttribute("data-ticked", at !== undefined);
    if (!head) return;
    if (this.#several) head.setAttribute("role", "checkbox");
    else head.removeAttribute("role");
    head.toggleAttribute("aria-expanded", false);
    if (this.#several) head.setAttribute("aria-checked", String(at !== undefined));
    else head.removeAttribute("aria-checked");
    this.#rows.note(row, at === undefined ? "none" : "sending", at === undefined ? "" : `seen ${wallClock(at)}`);
  }

  #showChosen(): void {
    const names = [...this.#seen.keys()].map(stay => name(this.#rows.of(stay)!));
    this.#root.querySelector("[data-round-chosen]")!.textContent = names.length === 0 ? "" : `${names.length} seen: ${names.join(" · ")}`;
    this.#root.querySelector<HTMLElement>("[data-round-hint]")!.hidden = names.length > 0;
    this.#sheet().toggleAttribute("data-ready", names.length > 0);
  }

  #sheet(): HTMLElement {
    return this.#root.querySelector<HTMLElement>("[data-round-sheet]")!;
  }

  #say(words: string): void {
    this.#root.querySelector("[data-round-says]")!.textContent = words;
  }

  #hear(what: string, act: (event: Event) => void): void {
    document.addEventListener(what, act, { signal: this.#stop.signal });
  }
}

function said(letter: Letter): string {
  return `${value(letter, "place")}, ${value(letter, "at") || wallClock(Date.parse(value(letter, "seenAt")))}`;
}

function value(letter: Letter | undefined, field: string): string {
  return letter?.fields.find(([name]) => name === field)?.[1] ?? "";
}

function name(row: HTMLElement): string {
  return row.querySelector(".round-name")?.textContent ?? "";
}

function whyWaiting(count: number, fate?: Posted["fate"]): string {
  const checks = count === 1 ? "1 entry waits" : `${count} entries wait`;
  if (fate?.kind === "waiting" && fate.why === "signed-out") return `${checks} on this device. Sign in again to send.`;
  if (fate?.kind === "waiting" && fate.why === "expired") return `${checks} on this device. Load this page again to send.`;
  return `${checks} on this device and will be sent, with their own times, when the line is back.`;
}

function othersWait(count: number): string {
  return count === 0 ? "" : `${count === 1 ? "1 entry" : `${count} entries`} of somebody else wait here until they sign in.`;
}
