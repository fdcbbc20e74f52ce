package trial

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// difference says where two values differ in what the language sees; "" if nowhere. JSON alone would not tell: what a
// codec does not write is not missed in what it reads.
func difference(path string, was, is any) string {
	return differs(path, reflect.ValueOf(was), reflect.ValueOf(is))
}

func differs(path string, was, is reflect.Value) string {
	if was.IsValid() != is.IsValid() || was.IsValid() && was.Type() != is.Type() {
		return unlike(path, was, is)
	}
	if !was.IsValid() {
		return ""
	}
	if same, known := sameWhole(was, is); known {
		if same {
			return ""
		}
		return unlike(path, was, is)
	}
	switch was.Kind() {
	case reflect.Struct:
		if hidden(was.Type()) {
			return optionalsDiffer(path, was, is)
		}
		for i := range was.NumField() {
			if d := differs(path+"."+was.Type().Field(i).Name, was.Field(i), is.Field(i)); d != "" {
				return d
			}
		}
		return ""
	case reflect.Slice:
		return itemsDiffer(path, was, is)
	case reflect.Map:
		return entriesDiffer(path, was, is)
	}
	if reflect.DeepEqual(was.Interface(), is.Interface()) {
		return ""
	}
	return unlike(path, was, is)
}

// sameWhole compares what is not compared part by part: times, raw JSON, optionals, and structs whose fields nobody
// may read, such as a decimal.
func sameWhole(was, is reflect.Value) (same, known bool) {
	switch {
	case was.Kind() == reflect.Struct && was.Type().ConvertibleTo(timeType):
		return asTime(was).Equal(asTime(is)), true
	case was.Kind() == reflect.Slice && was.Type().Elem().Kind() == reflect.Uint8:
		a, b := was.Bytes(), is.Bytes()
		return bytes.Equal(a, b) || nothing(a) && nothing(b), true
	case was.Kind() == reflect.Struct && hidden(was.Type()) && !was.MethodByName("IsSome").IsValid():
		return reflect.DeepEqual(was.Interface(), is.Interface()), true
	}
	return false, false
}

// optionalsDiffer compares two optionals of one type.
func optionalsDiffer(path string, was, is reflect.Value) string {
	a, b := was.MethodByName("Get").Call(nil), is.MethodByName("Get").Call(nil)
	if len(a) != 2 || a[1].Bool() != b[1].Bool() {
		return unlike(path, was, is)
	}
	if !a[1].Bool() {
		return ""
	}
	return differs(path, a[0], b[0])
}

var timeType = reflect.TypeFor[time.Time]()

func asTime(v reflect.Value) time.Time { return v.Convert(timeType).Interface().(time.Time) }

// nothing tells whether bytes may be raw JSON that is null: nil is.
func nothing(b []byte) bool { return len(b) == 0 || string(b) == "null" }

// hidden tells whether a struct has fields that only its package reads.
func hidden(t reflect.Type) bool {
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			return true
		}
	}
	return false
}

func itemsDiffer(path string, was, is reflect.Value) string {
	if was.Len() != is.Len() {
		return fmt.Sprintf("%s has %d items and had %d", named(path), is.Len(), was.Len())
	}
	for i := range was.Len() {
		if d := differs(path+"["+strconv.Itoa(i)+"]", was.Index(i), is.Index(i)); d != "" {
			return d
		}
	}
	return ""
}

func entriesDiffer(path string, was, is reflect.Value) string {
	if was.Len() != is.Len() {
		return fmt.Sprintf("%s has %d entries and had %d", named(path), is.Len(), was.Len())
	}
	for entry := was.MapRange(); entry.Next(); {
		at := fmt.Sprintf("%s[%v]", path, entry.Key())
		now := is.MapIndex(entry.Key())
		if !now.IsValid() {
			return named(at) + " is gone"
		}
		if d := differs(at, entry.Value(), now); d != "" {
			return d
		}
	}
	return ""
}

func unlike(path string, was, is reflect.Value) string {
	return named(path) + " is " + shown(is) + " and was " + shown(was)
}

func named(path string) string {
	if path == "" {
		return "it"
	}
	if path[0] == '.' {
		return path[1:]
	}
	return path
}

func shown(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	if v.Kind() == reflect.String {
		return clip(strconv.Quote(v.String()))
	}
	return clip(fmt.Sprintf("%v", v))
}

// clip shortens what stands in a message.
func clip(text string) string {
	const longest = 400
	if len(text) <= longest {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes)", text[:longest], len(text))
}
