import { Controller } from "@hotwired/stimulus";
import { forgetAllDrafts } from "../Components/draft-memory";

/** A shared tablet must not show one person's words to the next: drafts go when somebody signs out. */
export class SignOut extends Controller<HTMLFormElement> {
  override initialize(): void {
    this.element.addEventListener("submit", forgetAllDrafts);
  }
}
