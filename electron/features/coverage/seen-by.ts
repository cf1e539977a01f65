/** A camera of a room; `sees` names workstations, or is left out where it sees the whole room. */
export interface PlannedView {
  cameraId: string;
  sees?: readonly string[] | undefined;
}

/**
 * Ids of the cameras that see a workstation, in the order of the plan. A camera that is bound to no workstation sees all
 * of its room; of somebody without a workstation every camera of the room counts.
 */
export const seenBy = (cameras: readonly PlannedView[], workstationId: string | null): string[] =>
  cameras
    .filter(({ sees }) => sees === undefined || workstationId === null || sees.includes(workstationId))
    .map(({ cameraId }) => cameraId);
