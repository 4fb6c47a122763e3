// Fetches the form when somebody asks for it: until then the page is the steps and the template.
// @ts-check
import { kept } from "./draft.js";

const open = () => {
  if (location.hash === "#form") import("./form.js");
};
addEventListener("hashchange", open);
document.querySelector(".fm-new__way")?.removeAttribute("hidden");
document.querySelector(".fm-unscripted")?.remove();
if (kept()) location.hash = "form";
open();
