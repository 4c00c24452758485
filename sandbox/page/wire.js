// What is asked of the sandbox, below `/_/`.

import { $, toast } from "./dom.js";

export class Refused extends Error {} // the sandbox said no; anything else that is thrown means that it is not there

export const fileOf = (id) => `_/files/${id}`;

export async function ask(path, body) {
  const isForm = body instanceof FormData;
  const json = body && !isForm && { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = await fetch(`_/${path}`, body && { method: "POST", body, ...json });
  const told = await answer.json();
  if (!answer.ok) throw new Refused(told.error);
  return told;
}

export function complain(error) {
  if (error instanceof Refused) toast(error.message);
  else $("offline").hidden = false;
}
