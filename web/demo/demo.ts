/* The shop page of the demo desk needs nothing but its style; the chat comes from widget.js, as it does on any page. */
import './demo.css';
