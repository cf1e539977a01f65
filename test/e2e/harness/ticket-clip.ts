import type { KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Plan } from '../../../electron/features/plan/plan-schema.ts';
import { loadRulePack } from '../../../electron/features/rules/load-rule-pack.ts';
import { printTickets } from '../../../electron/features/tickets/print-tickets.ts';
import { pageAsPng } from '../../harness/printed-page.ts';

export interface HeldTicket {
  /** How far the paper is turned. */
  degrees: number;
  /** Share of full light. */
  light: number;
}

/** Dots a millimetre of paper before the camera: held some 20 cm away. */
const DOTS_PER_MM = 5;
/** The camera's picture, and the middle of the codes on the page, in mm. */
const PICTURE = { width: 1280, height: 720 } as const;
const CODES_MM = { x: 60, y: 127 } as const;

/**
 * Writes a clip for the fake camera: an empty desk, then a ticket of the plan as printed, held before it by an unsteady
 * hand. Motion JPEG, as in `clip.ts`.
 */
export async function clipOfTicket(
  ticket: { plan: Plan; photos: ReadonlyMap<string, Uint8Array>; centreKey: KeyObject; ticketNumber: string },
  held: HeldTicket,
  clip: string,
): Promise<void> {
  const pack = await loadRulePack(resolve('resources/rule-packs'), ticket.plan.rulePack);
  if (!pack.ok) throw new Error(pack.error.code);
  const printed = await printTickets({
    ...ticket,
    pack: pack.value,
    only: [ticket.ticketNumber],
    wholeNumber: false,
    nowMs: 0,
    fontsDir: resolve('resources/fonts'),
  });
  if (!printed.ok) throw new Error(printed.error.code);
  const page = await pageAsPng(printed.value.pdf, 1, DOTS_PER_MM * 25.4);
  // As much as still fills the picture when it is turned.
  const side = Math.ceil(Math.hypot(PICTURE.width, PICTURE.height));
  const around = { top: side, bottom: side, left: side, right: side, background: '#6a6a66' };
  const desk = await sharp(page).extend(around).png().toBuffer();
  const file = await open(clip, 'wx');
  try {
    const empty = await frame(sharp({ create: { ...PICTURE, channels: 3, background: '#6a6a66' } }), held.light);
    for (let n = 0; n < 20; n += 1) await file.write(empty);
    for (let n = 0; n < 60; n += 1) await file.write(await heldFrame(desk, side, held, n));
  } finally {
    await file.close();
  }
}

async function heldFrame(desk: Buffer, side: number, { degrees, light }: HeldTicket, n: number): Promise<Buffer> {
  const left = Math.round(CODES_MM.x * DOTS_PER_MM - side / 2 + 12 * Math.sin(n / 5));
  const top = Math.round(CODES_MM.y * DOTS_PER_MM - side / 2 + 8 * Math.cos(n / 7));
  const wide = await sharp(desk)
    .extract({ left: left + side, top: top + side, width: side, height: side })
    .toBuffer();
  const turned = await sharp(wide)
    .rotate(degrees + 2 * Math.sin(n / 9), { background: '#6a6a66' })
    .toBuffer();
  const { width = side, height = side } = await sharp(turned).metadata();
  const seen = sharp(turned).extract({
    left: Math.round((width - PICTURE.width) / 2),
    top: Math.round((height - PICTURE.height) / 2),
    ...PICTURE,
  });
  return frame(seen.blur(0.8), light);
}

const frame = (picture: Sharp, light: number): Promise<Buffer> =>
  // Plain 4:2:0 baseline is what the fake camera decodes.
  picture
    .linear(light, 0)
    .removeAlpha()
    .jpeg({ quality: 85, chromaSubsampling: '4:2:0', progressive: false })
    .toBuffer();
