import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Centre, openCentre } from '../../electron/centre/centre.ts';
import { contentClaims } from '../../electron/cli/content-claims.ts';
import { systemClock } from '../../electron/lib/clock.ts';
import { ed25519PrivateKey } from '../../electron/lib/ssh-key-text.ts';
import { specimenStrokes } from '../../electron/rehearsal/strokes.ts';
import { type ExamDay, expect, PIN, S1, test } from './harness/day.ts';
import { download } from './harness/hands.ts';
import { shot } from './harness/served.ts';
import { admitByHand } from './harness/short-cuts.ts';
import { fitsEverywhere } from './harness/spills.ts';

const centreKey = ed25519PrivateKey(Buffer.alloc(32, 23));
test.use({ dayOptions: { centreKey } });

/** The real centre behind a line that can be cut. */
async function openLine(day: ExamDay, folder: string) {
  const centre: Centre = await openCentre({
    dataDir: folder,
    name: '样本鉴定中心',
    receiptKey: centreKey,
    identities: [day.centreIdentity],
    contentClaims,
    clock: systemClock,
    rehearsal: true,
  });
  const line = { up: true };
  const server = createServer((request, response) => {
    if (line.up) void centre.handle(request, response);
    else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    centre,
    line,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await centre.close();
    },
  };
}

async function sealed(day: ExamDay): Promise<void> {
  await admitByHand(day, 'C01');
  await day.moveTo(151);
  const { lead } = day;
  await lead.session.close({ sessionId: S1 });
  const { missing } = await lead.archive.closing({ sessionId: S1 });
  for (const { itemId } of missing) await lead.archive.declare({ sessionId: S1, itemId, reason: '样本：没有做' });
  await lead.archive.signDeclarations({ sessionId: S1, pin: PIN, strokes: specimenStrokes(1) });
  await lead.archive.signOff({ sessionId: S1, pin: PIN, strokes: specimenStrokes(1) });
  await lead.archive.seal({ sessionId: S1 });
}

test('a bundle goes to the centre by itself through a line that fails; a refusal is named; the receipt is printed', async ({
  day,
}, info) => {
  test.setTimeout(180_000);
  const folder = info.outputPath('centre');
  const { centre, line, address, close } = await openLine(day, folder);
  try {
    await sealed(day);
    const { page, client } = await day.desk('/office', 'lead');
    await page.getByRole('tab', { name: '收尾封存' }).click();
    await expect(page.getByText('没设地址')).toBeVisible();
    await shot(page, 'delivery-off');

    await page.getByRole('tab', { name: '设备' }).click();
    await page.getByRole('textbox', { name: '中心地址' }).fill('http://jianding.example.cn');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByText('中心的地址要用 https 开头')).toBeVisible();
    line.up = false;
    await page.getByRole('textbox', { name: '中心地址' }).fill(address);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('button', { name: '试一下' }).click();
    await expect(page.getByText('没有回应')).toBeVisible();
    await shot(page, 'delivery-setting');

    await page.getByRole('tab', { name: '收尾封存' }).click();
    await expect(page.getByText('连不上中心')).toBeVisible();
    await shot(page, 'delivery-waiting');
    line.up = true;
    await expect(page.getByText('中心没有登记本站')).toBeVisible({ timeout: 60_000 });
    await shot(page, 'delivery-refused');

    const site = await client.site.state();
    if (site.kind === 'new') throw new Error('no site');
    await centre.enrol(site.site);
    await centre.expect(site.site.stationId, [S1]);
    const signed = page.getByRole('heading', { name: '中心已签收' });
    await page.getByRole('button', { name: '再传一次' }).click();
    await expect(signed).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('与本机一致')).toBeVisible();
    await expect(page.getByText('样本鉴定中心')).toBeVisible();
    await expect(page.getByText(/与我们写明的一致/)).toBeVisible();
    await fitsEverywhere(page, 'receipt');
    await shot(page, 'delivery-receipt');

    await page.keyboard.press('F2');
    await expect(page.getByText('100 %').first()).toBeVisible();
    await shot(page, 'delivery-ways');
    await page.getByRole('tab', { name: '总览' }).click();
    await page.getByRole('tab', { name: '收尾封存' }).click();
    await expect(signed).toBeVisible();
    const pdf = await download(page, 'Enter');
    expect(pdf.name).toMatch(/^回执-HZ-\d{8}-0001\.pdf$/);
    const text = execFileSync('pdftotext', ['-layout', pdf.path, '-']).toString();
    expect(text).toContain('封存包签收回执');
    expect(text).toContain('样本鉴定中心');
    expect(text).toContain('演练样张');
    writeFileSync(info.outputPath('receipt.pdf'), readFileSync(pdf.path));
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
});
