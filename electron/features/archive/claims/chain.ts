import { createHash } from 'node:crypto';
import { LABEL } from '../bag-info.ts';
import { BAG_INFO_FILE, Sha256, TAG_MANIFEST_FILE } from '../bundle-format.ts';
import { type Bag, readBag, readSmall } from '../read-bag.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';

const PREVIOUS: Question = {
  id: 'chain.1',
  title: { zh: '与本考点上一个封存包相连', en: "It follows the station's previous bundle" },
};

async function tagManifestHash(bag: Bag): Promise<string | undefined> {
  const bytes = await readSmall(bag, TAG_MANIFEST_FILE, 1024 * 1024);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

/** The link by which bundles of one station stand in a row, so that none can be left out unnoticed. */
export async function chainClaims(
  bagInfo: ReadonlyMap<string, string>,
  previousDir: string | undefined,
): Promise<Claim[]> {
  const named = bagInfo.get(LABEL.previous);
  if (named === undefined) {
    return [
      previousDir === undefined
        ? notPresent(PREVIOUS, '包里写明没有上一个包。', 'It names no earlier bundle.')
        : fail(PREVIOUS, '给了上一个包，但本包没有写明它。', 'An earlier bundle was given, but this one names none.', [
            BAG_INFO_FILE,
          ]),
    ];
  }
  if (!Sha256.safeParse(named).success) {
    return [
      fail(PREVIOUS, '上一个包的哈希不合格式。', 'The hash of the earlier bundle is malformed.', [BAG_INFO_FILE]),
    ];
  }
  if (previousDir === undefined) {
    return [
      notPresent(
        PREVIOUS,
        `写明了上一个包 ${named.slice(0, 12)}…，没有拿来比对：--previous DIR`,
        `It names the earlier bundle ${named.slice(0, 12)}…, which was not given: --previous DIR`,
      ),
    ];
  }
  const previous = await readBag(previousDir).catch(() => undefined);
  const found = previous && (await tagManifestHash(previous));
  return [
    found === named
      ? pass(PREVIOUS, `${named.slice(0, 12)}…`, `${named.slice(0, 12)}…`)
      : fail(PREVIOUS, '给的包不是本包写明的那一个。', 'The bundle given is not the one named.', [BAG_INFO_FILE]),
  ];
}
