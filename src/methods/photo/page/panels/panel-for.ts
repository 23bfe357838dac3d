/** Which screen stands while the camera has its turn. */
import type { PanelContent } from '../../../../ui/panel.ts';
import type { PanelView } from '../../../../ui/view.ts';
import { stationAt } from '../stepper.ts';
import { documentsPanel, loadingPanel } from './consent.ts';
import { keptPanel, lookPanel } from './look.ts';
import type { PhotoModel } from './model.ts';
import { shootPanel } from './shoot.ts';
import { summaryPanel } from './summary.ts';

type Troubles = typeof import('../trouble/panel.ts');

/** @param troubles the screens for a camera that fails, once they are asked for and there */
export function panelFor(
  photo: PhotoModel,
  troubles: () => Troubles | undefined,
  view: PanelView,
): PanelContent {
  const { camera, stepper, taken } = photo;
  const { screen } = stepper;
  const station = stationAt(stepper);
  if (screen.at === 'summary') return summaryPanel(photo);
  if (screen.at === 'documents' || !station) return documentsPanel(photo, view);
  if (screen.at === 'look' && taken) return lookPanel(photo, station, taken, view);
  if (screen.at === 'kept') return keptPanel(photo, station);
  const { trouble } = camera;
  if (!trouble) return shootPanel(photo, station);
  return troubles()?.troublePanel(photo, trouble, view) ?? loadingPanel(view);
}
