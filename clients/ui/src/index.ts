export { classNames } from './class-names.ts';
export { applyStoredTheme, useTheme, type Theme } from './theme.ts';
export { Badge, StatusPill, type BadgeProps, type Tone } from './data/badge.tsx';
export { ChartFrame, type ChartFrameProps, type ChartRow } from './data/chart-frame.tsx';
export { Picture, type PictureProps, type PictureSource } from './data/picture.tsx';
export { Price, type PriceProps } from './data/price.tsx';
export { NUMERIC, SortableTh, Table, Td, Th, type SortableThProps, type SortState } from './data/table.tsx';
export { EmptyState, Notice, Skeleton, type EmptyStateProps, type NoticeProps } from './feedback/states.tsx';
export { Toasts, useToast, type ToastMessage, type ToastsProps } from './feedback/toast.tsx';
export {
  Button,
  IconButton,
  type ButtonKind,
  type ButtonProps,
  type ButtonSize,
  type IconButtonProps,
} from './forms/button.tsx';
export { Combobox, type ComboboxProps } from './forms/combobox.tsx';
export {
  Field,
  Input,
  TextArea,
  TextField,
  type FieldControl,
  type FieldProps,
  type TextFieldProps,
} from './forms/field.tsx';
export { SearchField, type SearchFieldProps, type SearchSuggestion } from './forms/search-field.tsx';
export { Select, type Choice, type SelectProps } from './forms/select.tsx';
export { Stepper, type StepperProps } from './forms/stepper.tsx';
export {
  Checkbox,
  RadioCards,
  Switch,
  type CheckboxProps,
  type RadioCard,
  type RadioCardsProps,
  type SwitchProps,
} from './forms/toggles.tsx';
export { Breadcrumb, type BreadcrumbProps } from './layout/breadcrumb.tsx';
export { Card, type CardProps } from './layout/card.tsx';
export { Disclosure, type DisclosureProps } from './layout/disclosure.tsx';
export { TextLink, type TextLinkProps } from './layout/link.tsx';
export { Pagination, type PaginationProps } from './layout/pagination.tsx';
export { Tabs, type Tab, type TabsProps } from './layout/tabs.tsx';
export {
  CommandPalette,
  type CommandPaletteProps,
  type PaletteGroup,
  type PaletteItem,
} from './overlays/command-palette.tsx';
export { Dialog, type DialogProps } from './overlays/dialog.tsx';
export { Menu, type MenuItem, type MenuProps } from './overlays/menu.tsx';
