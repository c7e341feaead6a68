import '../kit/base.css';
import { theme_start } from '../kit/theme';

theme_start();
